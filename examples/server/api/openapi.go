package api

import (
	_ "embed"
	"net/http"
)

// openapiDocument describes exactly what the server answers; a test holds every answer to it.
//
//go:embed openapi.json
var openapiDocument []byte

func (s *Server) openAPI(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, "application/json", openapiDocument)
}
