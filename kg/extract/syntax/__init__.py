"""The tree of a text as extraction reads it: mended, with what embeds what, quotations and what is no article."""
