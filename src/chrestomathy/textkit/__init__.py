"""Text mechanics without opinions: folding with a map back, sentences, marks, words."""
