"""What artists publish: tracks, their versions, and the pages that play them."""
