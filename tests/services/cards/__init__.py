"""The main job from call to card: callers, officers and the clock against a real PostgreSQL."""
