"""What a visitor may change in a decision, as changes of its file. Nothing here knows of Streamlit.

Each function takes the plain data of the file and what was asked, and returns the changes that make
it so; what cannot be is refused with a sentence for the field it was written in.
"""
