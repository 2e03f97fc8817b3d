package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/linewright/linewright/spec/dynamic"
	"github.com/linewright/linewright/spec/model"
)

// parameterVariable begins the names of the environment's parameters.
const parameterVariable = "LINEWRIGHT_PARAM_"

// parameters are a document's parameters: from flags, else the environment,
// else, where they are needed and somebody is there, asked for. No error holds
// a value.
func parameters(ctx context.Context, p *dynamic.Protocol, flags []string, o *terminal) (dynamic.Map, error) {
	given, err := fromFlags(p, flags)
	if err != nil {
		return nil, err
	}
	out := dynamic.Map{}
	for _, f := range p.Model().Params {
		text, ok := given[f.Name]
		if !ok {
			text, ok = os.LookupEnv(parameterVariable + strings.ToUpper(f.Name))
		}
		if !ok && !f.Optional && !f.HasDefault {
			if text, err = o.ask(ctx, f); err != nil {
				return nil, err
			}
			ok = true
		}
		if !ok {
			continue
		}
		if out[f.Name], err = p.FromText(f.Type, text); err != nil {
			return nil, usageError{fmt.Errorf("parameter %s: %w", f.Name, err)}
		}
	}
	if _, err := p.Params(out); err != nil {
		return nil, usageError{err}
	}
	return out, nil
}

// fromFlags are the values of --param, by name.
func fromFlags(p *dynamic.Protocol, flags []string) (map[string]string, error) {
	given := map[string]string{}
	for _, flag := range flags {
		name, value, ok := strings.Cut(flag, "=")
		switch _, twice := given[name]; {
		case !ok:
			return nil, usageError{errors.New("--param: say NAME=VALUE, or NAME=@FILE")}
		case parameter(p, name) == nil:
			return nil, usageError{fmt.Errorf("--param: %s has no parameter %q%s", p.Model().Name, name, parameterNames(p))}
		case twice:
			return nil, usageError{fmt.Errorf("--param: %s is given twice", name)}
		}
		if path, isFile := strings.CutPrefix(value, "@"); isFile {
			data, err := readSmall(path)
			if err != nil {
				return nil, err
			}
			value = strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r")
		}
		given[name] = value
	}
	return given, nil
}

func parameter(p *dynamic.Protocol, name string) *model.Field {
	for _, f := range p.Model().Params {
		if f.Name == name {
			return f
		}
	}
	return nil
}

func parameterNames(p *dynamic.Protocol) string {
	var names []string
	for _, f := range p.Model().Params {
		names = append(names, f.Name)
	}
	if len(names) == 0 {
		return "; it has none"
	}
	return "; it has " + strings.Join(names, ", ")
}
