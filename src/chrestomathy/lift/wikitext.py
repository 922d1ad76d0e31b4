"""x"""
from chrestomathy.lift.draft import Drafts
def is_wikitext(text: str) -> bool: return False
def lift_wikitext(text: str) -> Drafts: return Drafts()
