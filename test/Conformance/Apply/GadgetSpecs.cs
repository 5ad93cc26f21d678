using System.Text.Json.Nodes;

namespace KubeFed.Conformance.Apply;

/// <summary>Random small specs, whose values come from so few that managers often agree and often do not.</summary>
internal sealed class GadgetSpecs(Random random)
{
    public JsonObject Spec(bool full)
    {
        var spec = new JsonObject();
        Maybe(spec, "replicas", () => random.Next(1, 4));
        Maybe(spec, "note", () => Letter());
        Maybe(spec, "nested", Nested);
        Maybe(spec, "map", Map);
        Maybe(spec, "atomicMap", Map);
        Maybe(spec, "atomicList", () => new JsonArray([.. Subset("123").Select(c => JsonValue.Create(c))]));
        Maybe(spec, "set", () => new JsonArray([.. Subset("pqrs").Select(c => JsonValue.Create(c))]));
        Maybe(spec, "ports", Ports);
        Maybe(spec, "free", Free);
        if (full && spec.Count == 0)
        {
            spec["note"] = "n";
        }

        return spec;
    }

    public JsonObject? Labels() => random.Next(3) == 0 ? Map() is { Count: > 0 } labels ? labels : null : null;

    /// <summary>A merge patch of the spec: some fields set, some removed.</summary>
    public JsonObject Patch()
    {
        var patch = Spec(full: false);
        if (random.Next(3) == 0)
        {
            patch[random.Next(2) == 0 ? "note" : "nested"] = null;
        }

        if (random.Next(4) == 0)
        {
            patch["map"] = new JsonObject { [Letter()] = null };
        }

        return patch;
    }

    private void Maybe(JsonObject spec, string name, Func<JsonNode> value)
    {
        if (random.Next(5) < 2 && value() is var node && node is not JsonObject { Count: 0 })
        {
            spec[name] = node;
        }
    }

    private string Letter() => ((char)('x' + random.Next(3))).ToString();

    private JsonObject Nested()
    {
        var nested = new JsonObject();
        Maybe(nested, "a", () => Letter());
        Maybe(nested, "b", () =>
        {
            var b = new JsonObject();
            Maybe(b, "c", () => Letter());
            Maybe(b, "d", () => random.Next(2));
            return b;
        });
        return nested;
    }

    private JsonObject Map()
    {
        var map = new JsonObject();
        foreach (var key in Subset("xyz"))
        {
            map[key] = Letter();
        }

        return map;
    }

    private JsonArray Ports()
    {
        var ports = new JsonArray();
        foreach (var name in Subset("uvw"))
        {
            var port = new JsonObject { ["name"] = name };
            Maybe(port, "port", () => random.Next(80, 82));
            Maybe(port, "info", () => new JsonObject { ["x"] = Letter() });
            ports.Add(port);
        }

        return ports;
    }

    private JsonObject Free()
    {
        var free = new JsonObject();
        Maybe(free, "n", () => random.Next(3));
        Maybe(free, "l", () => new JsonArray(random.Next(2), new JsonObject { ["k"] = Letter() }));
        Maybe(free, "s", () => Letter());
        return free;
    }

    private List<string> Subset(string of)
    {
        var chosen = of.Where(_ => random.Next(2) == 0).Select(c => c.ToString()).ToList();
        for (var i = chosen.Count - 1; i > 0; i--)
        {
            var j = random.Next(i + 1);
            (chosen[i], chosen[j]) = (chosen[j], chosen[i]);
        }

        return chosen;
    }
}
