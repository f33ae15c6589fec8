"""Tables that ship with the product: regions, sectors, education and words of the slots."""
