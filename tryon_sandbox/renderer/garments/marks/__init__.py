"""Where a garment has its armpits, sleeves, waist, crotch and hems."""
