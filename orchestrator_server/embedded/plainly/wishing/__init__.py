"""Ways of asking, of telling and of wishing: put as the plain request, or taken out where nothing is asked."""
