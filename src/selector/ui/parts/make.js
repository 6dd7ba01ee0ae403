/*
 * What the scripts of the app's components share; it stands before each of them. An element of a
 * tag with its attributes, without those that are null, undefined or false, and its children.
 */
const make = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
};

