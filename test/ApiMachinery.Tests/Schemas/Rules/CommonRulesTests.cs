using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Schemas.Rules;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Tests.Schemas.Rules;

/// <summary>Rules in the manner of the definitions of common operators, on one schema.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CommonRulesTests
{
    private const string Spec = """
        {"type":"object","properties":{
          "minReplicas":{"type":"integer"},"maxReplicas":{"type":"integer"},
          "a":{"type":"string"},"b":{"type":"string"},"c":{"type":"object","properties":{"x":{"type":"string"}}},
          "kind":{"type":"string"},"url":{"type":"string"},"ttl":{"type":"string"},"memory":{"type":"string"},
          "port":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]},
          "cidrs":{"type":"array","items":{"type":"string"}},
          "tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},
          "labels":{"type":"object","additionalProperties":{"type":"string"}},
          "listeners":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],"properties":{
             "name":{"type":"string"},"port":{"type":"integer"},"protocol":{"type":"string"},"hostname":{"type":"string"},
             "tls":{"type":"object","properties":{"mode":{"type":"string"},"certificateRefs":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"}}}}}}}}},
          "requirements":{"type":"array","items":{"type":"object","properties":{"key":{"type":"string"},"operator":{"type":"string"},"values":{"type":"array","items":{"type":"string"}}}}}
        }}
        """;

    [TestCase("self.minReplicas <= self.maxReplicas", """{"minReplicas":1,"maxReplicas":2}""", """{"minReplicas":3,"maxReplicas":2}""")]
    [TestCase("!has(self.minReplicas) || self.minReplicas >= 0", "{}", """{"minReplicas":-1}""")]
    [TestCase("(has(self.a) ? 1 : 0) + (has(self.b) ? 1 : 0) + (has(self.c) ? 1 : 0) == 1", """{"b":"x"}""", """{"a":"x","c":{}}""")]
    [TestCase("[has(self.a), has(self.b), has(self.c)].exists_one(x, x)", """{"a":"x"}""", """{"a":"x","b":"y"}""")]
    [TestCase("[has(self.a), has(self.b)].filter(x, x == true).size() <= 1", "{}", """{"a":"x","b":"y"}""")]
    [TestCase("self.kind == 'A' ? has(self.a) : !has(self.a)", """{"kind":"A","a":"x"}""", """{"kind":"B","a":"x"}""")]
    [TestCase("self.kind in ['A', 'B']", """{"kind":"A"}""", """{"kind":"C"}""")]
    [TestCase("self.url.startsWith('https://') && isURL(self.url) && url(self.url).getHostname() != ''", """{"url":"https://a.b/c"}""", """{"url":"https:///c"}""")]
    [TestCase("duration(self.ttl) >= duration('1m') && duration(self.ttl) <= duration('24h')", """{"ttl":"1h"}""", """{"ttl":"30s"}""")]
    [TestCase("quantity(self.memory).isGreaterThan(quantity('1Gi'))", """{"memory":"2Gi"}""", """{"memory":"1G"}""")]
    [TestCase("type(self.port) == string ? self.port.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$') : self.port > 0 && self.port < 65536", """{"port":"http"}""", """{"port":0}""")]
    [TestCase("self.cidrs.all(c, isCIDR(c) && cidr(c).ip().family() == 4)", """{"cidrs":["10.0.0.0/8"]}""", """{"cidrs":["::/0"]}""")]
    [TestCase("self.tags.all(t, t.size() <= 3) && self.tags.size() < 3", """{"tags":["a","b"]}""", """{"tags":["long"]}""")]
    [TestCase("!('forbidden' in self.labels) && self.labels.all(k, k.startsWith('x/') && self.labels[k].size() > 0)", """{"labels":{"x/a":"1"}}""", """{"labels":{"y":"1"}}""")]
    [TestCase("self.listeners.all(l, l.protocol in ['HTTP', 'TCP', 'UDP'] ? !has(l.tls) : true)", """{"listeners":[{"name":"a","protocol":"HTTP"}]}""", """{"listeners":[{"name":"a","protocol":"TCP","tls":{}}]}""")]
    [TestCase("self.listeners.all(l, (l.protocol == 'HTTPS' && has(l.tls)) ? (l.tls.mode == '' || l.tls.mode == 'Terminate') : true)", """{"listeners":[{"name":"a","protocol":"HTTPS","tls":{"mode":"Terminate"}}]}""", """{"listeners":[{"name":"a","protocol":"HTTPS","tls":{"mode":"Passthrough"}}]}""")]
    [TestCase(
        "self.listeners.all(l1, self.listeners.exists_one(l2, l1.port == l2.port && l1.protocol == l2.protocol && (has(l1.hostname) && has(l2.hostname) ? l1.hostname == l2.hostname : !has(l1.hostname) && !has(l2.hostname))))",
        """{"listeners":[{"name":"a","port":1,"protocol":"HTTP"},{"name":"b","port":1,"protocol":"HTTP","hostname":"h"}]}""",
        """{"listeners":[{"name":"a","port":1,"protocol":"HTTP"},{"name":"b","port":1,"protocol":"HTTP"}]}""")]
    [TestCase("self.requirements.all(x, x.operator == 'In' ? x.values.size() != 0 : true)", """{"requirements":[{"operator":"In","values":["a"]}]}""", """{"requirements":[{"operator":"In","values":[]}]}""")]
    [TestCase("self.requirements.all(x, (x.operator == 'Gt' || x.operator == 'Lt') ? (x.values.size() == 1 && int(x.values[0]) >= 0) : true)", """{"requirements":[{"operator":"Gt","values":["1"]}]}""", """{"requirements":[{"operator":"Lt","values":["-1"]}]}""")]
    [TestCase("self.requirements.map(r, r.key).all(k, self.requirements.filter(r, r.key == k).size() == 1)", """{"requirements":[{"key":"a"},{"key":"b"}]}""", """{"requirements":[{"key":"a"},{"key":"a"}]}""")]
    [TestCase("self.a.split('.').all(p, !format.dns1123Label().validate(p).hasValue())", """{"a":"a.b-c"}""", """{"a":"a.B"}""")]
    [TestCase("!self.?c.x.hasValue() || self.c.x == self.?a.orValue('')", """{"c":{"x":"1"},"a":"1"}""", """{"c":{"x":"1"}}""")]
    [TestCase("self.tags == ['a', 'b'] || self.tags.exists(t, t.lowerAscii().trim().replace('_', '-') == 'ok-1')", """{"tags":[" OK_1"]}""", """{"tags":["x"]}""")]
    public void Validate_Rule_TakesGoodAndRefusesBad(string rule, string good, string bad)
    {
        RuleValidator validator = Compile(rule);
        Assert.Multiple(() =>
        {
            Assert.That(Errors(validator, good, null), Is.Empty);
            Assert.That(Errors(validator, bad, null), Is.EqualTo($"spec: Invalid value: \"object\": failed rule: {rule}"));
        });
    }

    [TestCase("!has(oldSelf.a) || has(self.a)", """{"a":"x"}""", """{"a":"y"}""", "{}")]
    [TestCase("oldSelf.tags.all(t, t in self.tags)", """{"tags":["a"]}""", """{"tags":["b","a"]}""", """{"tags":["b"]}""")]
    [TestCase("self.tags == oldSelf.tags", """{"tags":["a","b"]}""", """{"tags":["b","a"]}""", """{"tags":["b"]}""")]
    [TestCase("self.listeners == oldSelf.listeners", """{"listeners":[{"name":"a"},{"name":"b"}]}""", """{"listeners":[{"name":"b"},{"name":"a"}]}""", """{"listeners":[{"name":"b"},{"name":"c"}]}""")]
    [TestCase("self.maxReplicas >= oldSelf.maxReplicas", """{"maxReplicas":1}""", """{"maxReplicas":1}""", """{"maxReplicas":0}""")]
    [TestCase("has(self.c) == has(oldSelf.c) && self.?kind == oldSelf.?kind", """{"kind":"A"}""", """{"kind":"A"}""", """{"kind":"B"}""")]
    [TestCase("self == oldSelf || self.labels.size() > 0", """{"a":"x","labels":{}}""", """{"labels":{},"a":"x"}""", """{"a":"y","labels":{}}""")]
    public void Validate_TransitionRule_TakesGoodAndRefusesBad(string rule, string old, string good, string bad)
    {
        RuleValidator validator = Compile(rule);
        Assert.Multiple(() =>
        {
            Assert.That(Errors(validator, bad, null), Is.Empty);
            Assert.That(Errors(validator, good, old), Is.Empty);
            Assert.That(Errors(validator, bad, old), Is.EqualTo($"spec: Invalid value: \"object\": failed rule: {rule}"));
        });
    }

    private static RuleValidator Compile(string rule)
    {
        JsonNode spec = JsonNode.Parse(Spec)!;
        spec["x-kubernetes-validations"] = new JsonArray(new JsonObject { ["rule"] = rule });
        FieldErrorList errors = [];
        var root = new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["spec"] = spec } };
        StructuralSchema schema = SchemaParser.Parse(root, FieldPath.Root("schema"), errors);
        RuleValidator validator = RuleValidator.For(schema);
        errors.AddRange(validator.Check(FieldPath.Root("schema")));
        Assert.That(errors, Is.Empty);
        return validator;
    }

    private static string Errors(RuleValidator validator, string spec, string? old) =>
        validator.Validate(Wrap(spec), old is null ? null : Wrap(old)).Errors.ToString();

    private static JsonObject Wrap(string spec) => new() { ["spec"] = JsonNode.Parse(spec) };
}
