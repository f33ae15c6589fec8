"""The main job from the first dial to the card and after, as gateway and browser send it."""
