"""The steps that brought the tables to their present shape; `storage.migrate` walks them."""
