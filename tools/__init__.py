"""Scripts for those who keep the data and the project; none is needed to use Selector."""
