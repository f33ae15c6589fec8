"""What an office tells and offers, from the handset and from the desk."""
