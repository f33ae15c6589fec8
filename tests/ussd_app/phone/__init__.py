"""The page of the browser phone and its inbox."""
