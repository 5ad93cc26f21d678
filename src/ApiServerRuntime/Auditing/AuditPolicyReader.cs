using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiMachinery.Yaml;
using KubeFed.ApiServerRuntime.Authorization;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Auditing;

/// <summary>Reads an audit policy strictly: an unknown field may be a misspelt restriction.</summary>
internal sealed class AuditPolicyReader
{
    private static readonly string[] PolicyFields = ["apiVersion", "kind", "metadata", "omitManagedFields", "omitStages", "rules"];
    private static readonly string[] RuleFields =
        ["level", "namespaces", "nonResourceURLs", "omitManagedFields", "omitStages", "resources", "userGroups", "users", "verbs"];
    private static readonly string[] ResourceFields = ["group", "resourceNames", "resources"];

    private readonly FieldErrorList _errors = new();

    /// <exception cref="FormatException">It is no policy.</exception>
    public static AuditPolicy Read(string text)
    {
        JsonNode? node;
        try
        {
            node = KubeYaml.ToJson(text);
        }
        catch (Exception e) when (e is YamlFormatException or JsonException)
        {
            throw new FormatException($"the audit policy is no YAML: {e.Message}", e);
        }

        if (node is not JsonObject root || Tree.Text(root, "apiVersion") != "audit.k8s.io/v1" || Tree.Text(root, "kind") != "Policy")
        {
            throw new FormatException("the audit policy is no audit.k8s.io/v1 Policy");
        }

        var reader = new AuditPolicyReader();
        var rules = reader.Rules(root);
        return reader._errors.Count == 0 ? new AuditPolicy(rules) : throw new FormatException($"the audit policy is wrong: {string.Join("; ", reader._errors)}");
    }

    private List<AuditRule> Rules(JsonObject root)
    {
        Know(root, null, PolicyFields);
        var stages = Stages(root, null);
        var omitManagedFields = Flag(root, null, "omitManagedFields") ?? false;
        var rules = new List<AuditRule>();
        foreach (var (rule, at) in Objects(root, null, "rules"))
        {
            rules.Add(Rule(rule, at, stages, omitManagedFields));
        }

        if (rules.Count == 0)
        {
            _errors.Add(FieldError.Required(FieldPath.Root("rules"), "a policy without rules writes nothing"));
        }

        return rules;
    }

    private AuditRule Rule(JsonObject rule, FieldPath at, IReadOnlySet<AuditStage> policyStages, bool omitManagedFields)
    {
        Know(rule, at, RuleFields);
        if (!TryRead<AuditLevel>(Tree.Text(rule, "level"), out var level))
        {
            _errors.Add(FieldError.NotSupported(at.Child("level"), Tree.Text(rule, "level"), Enum.GetNames<AuditLevel>()));
        }

        var resources = Objects(rule, at, "resources").Select(entry => Resources(entry.Value, entry.At)).ToList();
        var (namespaces, urls) = (Texts(rule, at, "namespaces"), Texts(rule, at, "nonResourceURLs"));
        if (urls.Count > 0 && resources.Count + namespaces.Count > 0)
        {
            _errors.Add(FieldError.Invalid(at.Child("nonResourceURLs"), FieldValue.From(urls), "rules cannot apply to both regular resources and non-resource URLs"));
        }

        return new AuditRule
        {
            Level = level,
            Users = Texts(rule, at, "users"),
            UserGroups = Texts(rule, at, "userGroups"),
            Verbs = Texts(rule, at, "verbs"),
            Resources = resources,
            Namespaces = namespaces,
            NonResourceUrls = urls,
            Decision = new AuditDecision(
                level, Stages(rule, at).Union(policyStages).ToHashSet(), Flag(rule, at, "omitManagedFields") ?? omitManagedFields),
        };
    }

    private AuditResources Resources(JsonObject resources, FieldPath at)
    {
        Know(resources, at, ResourceFields);
        var (patterns, names) = (Texts(resources, at, "resources"), Texts(resources, at, "resourceNames"));
        if (names.Count > 0 && patterns.Count == 0)
        {
            _errors.Add(FieldError.Invalid(at.Child("resourceNames"), FieldValue.From(names), "using resourceNames requires at least one resource"));
        }

        return new AuditResources(Tree.Text(resources, "group"), patterns, names);
    }

    private HashSet<AuditStage> Stages(JsonObject map, FieldPath? at)
    {
        var stages = new HashSet<AuditStage>();
        foreach (var text in Texts(map, at, "omitStages"))
        {
            if (TryRead<AuditStage>(text, out var stage))
            {
                stages.Add(stage);
            }
            else
            {
                _errors.Add(FieldError.NotSupported(Child(at, "omitStages"), text, Enum.GetNames<AuditStage>()));
            }
        }

        return stages;
    }

    private void Know(JsonObject map, FieldPath? at, string[] known)
    {
        foreach (var (name, _) in map)
        {
            if (!known.Contains(name))
            {
                _errors.Add(FieldError.Forbidden(Child(at, name), "unknown field"));
            }
        }
    }

    private IEnumerable<(JsonObject Value, FieldPath At)> Objects(JsonObject map, FieldPath? at, string name)
    {
        var path = Child(at, name);
        if (map[name] is null)
        {
            yield break;
        }

        if (map[name] is not JsonArray items)
        {
            _errors.Add(FieldError.Invalid(path, FieldValue.From(map[name]), "must be a list"));
            yield break;
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (items[i] is JsonObject value)
            {
                yield return (value, path.Index(i));
            }
            else
            {
                _errors.Add(FieldError.Invalid(path.Index(i), FieldValue.From(items[i]), "must be an object"));
            }
        }
    }

    private IReadOnlyList<string> Texts(JsonObject map, FieldPath? at, string name)
    {
        var texts = JsonStrings.Read(map[name]);
        if (map[name] is { } node && (node is not JsonArray items || items.Count != texts.Count))
        {
            _errors.Add(FieldError.Invalid(Child(at, name), FieldValue.From(node), "must be a list of strings"));
        }

        return texts;
    }

    private bool? Flag(JsonObject map, FieldPath? at, string name)
    {
        switch (map[name])
        {
            case null:
                return null;
            case JsonValue value when value.TryGetValue(out bool flag):
                return flag;
            default:
                _errors.Add(FieldError.Invalid(Child(at, name), FieldValue.From(map[name]), "must be true or false"));
                return null;
        }
    }

    private static FieldPath Child(FieldPath? at, string name) => at?.Child(name) ?? FieldPath.Root(name);

    private static bool TryRead<T>(string text, out T value)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: false, out value) && Enum.GetNames<T>().Contains(text);
}
