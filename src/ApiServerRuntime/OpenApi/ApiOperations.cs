using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>All operations on one version of a type.</summary>
internal sealed class ApiOperations
{
    private const string JsonPatch = "application/json-patch+json";
    private const string MergePatch = "application/merge-patch+json";
    private const string StrategicMergePatch = "application/strategic-merge-patch+json";
    private const string ApplyPatch = "application/apply-patch+yaml";
    private static readonly GroupVersionKind Scale = new("autoscaling", "v1", "Scale");

    private readonly ResourceType _type;
    private readonly ResourceTypeVersion _version;
    private readonly GroupVersionKind _kind;
    private readonly string _definition;
    private readonly string _idSuffix;
    private readonly List<ApiOperation> _operations = [];

    private ApiOperations(ResourceType type, ResourceTypeVersion version)
    {
        _type = type;
        _version = version;
        _kind = new GroupVersionKind(type.Group, version.Name, type.Kind);
        _definition = version.Schema.DefinitionName ?? DefinitionNames.Of(_kind);
        _idSuffix = string.Concat((type.Group.Length == 0 ? "core" : type.Group).Split('.', '-').Append(version.Name).Select(Capital));
    }

    private bool IsNamespaced => _type.Scope == ResourceScope.Namespaced;

    private string Root => _type.Group.Length == 0 ? $"/api/{_version.Name}" : $"/apis/{_type.Group}/{_version.Name}";

    private string Collection => IsNamespaced ? $"{Root}/namespaces/{{namespace}}/{_type.Plural}" : $"{Root}/{_type.Plural}";

    private string Item => $"{Collection}/{{name}}";

    /// <summary>The operations, path by path.</summary>
    public static IReadOnlyList<ApiOperation> Of(ResourceType type, ResourceTypeVersion version)
    {
        var operations = new ApiOperations(type, version);
        operations.AddCollection();
        operations.AddItem();
        operations.AddSubresources();
        return operations._operations;
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private void AddCollection()
    {
        var list = _definition + "List";
        Add("list", Collection, "get", "list", $"list objects of kind {_type.Kind}", list, QueryParameter.ForList);
        Add("create", Collection, "post", "post", $"create a {_type.Kind}", _definition, QueryParameter.ForWrite, _definition, successes: [(200, "OK"), (201, "Created"), (202, "Accepted")]);
        Add("deletecollection", Collection, "delete", "deletecollection", $"delete a collection of {_type.Kind}", DefinitionNames.Status, QueryParameter.ForDeleteCollection, DefinitionNames.DeleteOptions);
        if (IsNamespaced)
        {
            Add("list", $"{Root}/{_type.Plural}", "get", "list", $"list objects of kind {_type.Kind}", list, QueryParameter.ForList, id: "ForAllNamespaces");
        }
    }

    private void AddItem()
    {
        Add("get", Item, "get", "get", $"read the specified {_type.Kind}", _definition, QueryParameter.ForGet);
        Add("update", Item, "put", "put", $"replace the specified {_type.Kind}", _definition, QueryParameter.ForWrite, _definition, successes: [(200, "OK"), (201, "Created")]);
        Add("patch", Item, "patch", "patch", $"partially update the specified {_type.Kind}", _definition, QueryParameter.ForPatch, DefinitionNames.Patch, consumes: PatchTypes());
        Add("delete", Item, "delete", "delete", $"delete a {_type.Kind}", DefinitionNames.Status, QueryParameter.ForDelete, DefinitionNames.DeleteOptions, successes: [(200, "OK"), (202, "Accepted")]);
    }

    private void AddSubresources()
    {
        if (_version.HasStatus)
        {
            AddSubresource("status", _kind, _definition);
        }

        if (_version.Scale is not null)
        {
            AddSubresource("scale", Scale, DefinitionNames.Scale);
        }
    }

    private void AddSubresource(string name, GroupVersionKind kind, string definition)
    {
        var path = $"{Item}/{name}";
        var id = Capital(name);
        Add("get", path, "get", "get", $"read {name} of the specified {_type.Kind}", definition, QueryParameter.ForGet, kind: kind, id: id);
        Add("update", path, "put", "put", $"replace {name} of the specified {_type.Kind}", definition, QueryParameter.ForWrite, definition, kind: kind, id: id, successes: [(200, "OK"), (201, "Created")]);
        Add("patch", path, "patch", "patch", $"partially update {name} of the specified {_type.Kind}", definition, QueryParameter.ForPatch, DefinitionNames.Patch, kind: kind, id: id, consumes: PatchTypes());
    }

    private string[] PatchTypes() =>
        _type.StrategicMergePatch ? [JsonPatch, MergePatch, StrategicMergePatch, ApplyPatch] : [JsonPatch, MergePatch, ApplyPatch];

    private void Add(
        string verb,
        string path,
        string method,
        string action,
        string description,
        string response,
        IReadOnlyList<QueryParameter> query,
        string? body = null,
        GroupVersionKind? kind = null,
        string id = "",
        IReadOnlyList<(int Code, string Description)>? successes = null,
        IReadOnlyList<string>? consumes = null)
    {
        if (!_version.Verbs.Contains(verb, StringComparer.Ordinal))
        {
            return;
        }

        var operation = new ApiOperation
        {
            Path = path,
            Method = method,
            Action = action,
            Id = IdOf(verb, id),
            Description = description,
            Kind = kind ?? _kind,
            Response = response,
            Body = body,
            Query = query,
            Consumes = consumes ?? (body is null ? [] : ["application/json", "application/yaml"]),
        };
        _operations.Add(successes is null ? operation : operation with { Successes = successes });
    }

    private string IdOf(string verb, string suffix)
    {
        var begin = verb switch { "get" => "read", "update" => "replace", "deletecollection" => "deleteCollection", _ => verb };
        var scope = IsNamespaced && suffix != "ForAllNamespaces" ? "Namespaced" : string.Empty;
        return $"{begin}{_idSuffix}{scope}{_type.Kind}{suffix}";
    }
}
