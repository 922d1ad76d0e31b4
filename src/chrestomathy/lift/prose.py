"""x"""
from chrestomathy.lift.draft import Drafts
def lift_prose(text, blocks, found, settings) -> Drafts: return Drafts()
