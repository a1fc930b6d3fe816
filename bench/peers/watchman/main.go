// Names against the in-memory search of moov-io/watchman: the JSON file that ../screening-peers.mjs writes is loaded, each
// query is timed by itself, one at a time. Its module keeps the search internal, so this file is put into a clone of it as
// cmd/names and built there.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/moov-io/base/log"
	"github.com/moov-io/watchman/internal/download"
	"github.com/moov-io/watchman/internal/index"
	internalsearch "github.com/moov-io/watchman/internal/search"
	"github.com/moov-io/watchman/pkg/search"
)

type input struct {
	Entities []struct {
		ID     string   `json:"id"`
		Person bool     `json:"person"`
		Names  []string `json:"names"`
	} `json:"entities"`
	Queries []struct {
		Name   string `json:"name"`
		Person bool   `json:"person"`
	} `json:"queries"`
}

func entity(id string, person bool, names []string) search.Entity[search.Value] {
	e := search.Entity[search.Value]{Name: names[0], Source: search.SourceUSOFAC, SourceID: id}
	if person {
		e.Type = search.EntityPerson
		e.Person = &search.Person{Name: names[0], AltNames: names[1:]}
	} else {
		e.Type = search.EntityBusiness
		e.Business = &search.Business{Name: names[0], AltNames: names[1:]}
	}
	return e.Normalize()
}

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func main() {
	bytes, err := os.ReadFile(os.Args[1])
	must(err)
	var in input
	must(json.Unmarshal(bytes, &in))
	began := time.Now()
	var entities []search.Entity[search.Value]
	for _, e := range in.Entities {
		entities = append(entities, entity(e.ID, e.Person, e.Names))
	}
	lists := index.NewLists(nil)
	service, err := internalsearch.NewService(log.NewNopLogger(), internalsearch.DefaultConfig(), nil, lists)
	must(err)
	lists.Update(download.Stats{Entities: entities})
	made := time.Since(began)
	// What is made when first needed is not counted.
	first := entity("", true, []string{"Anna Petrova"})
	first.Source = ""
	_, err = service.Search(context.Background(), first, internalsearch.SearchOpts{Limit: 5, MinMatch: 0.7})
	must(err)
	var took []float64
	for _, q := range in.Queries {
		query := entity("", q.Person, []string{q.Name})
		query.Source = ""
		start := time.Now()
		_, err := service.Search(context.Background(), query, internalsearch.SearchOpts{Limit: 5, MinMatch: 0.7})
		must(err)
		took = append(took, time.Since(start).Seconds()*1000)
	}
	out, _ := json.Marshal(map[string]any{"madeMs": made.Milliseconds(), "ms": took})
	fmt.Println(string(out))
}
