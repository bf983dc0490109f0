// Package fetch is the only door to the outside.
package fetch
