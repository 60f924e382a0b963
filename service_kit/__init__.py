"""What every server shares. Enters only when two servers use it; knows no server and no domain."""
