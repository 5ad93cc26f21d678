using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// Schemas by name, to which other schemas refer with <c>$ref</c>: one that many types share, such as that of a pod, is read and held once.
/// For types that are built into a server; custom resources have no references. Safe for concurrent use.
/// </summary>
/// <remarks>
/// A reference is the bare name and may have <c>description</c> and <c>default</c> beside it. At the root of a type, members apiVersion, kind
/// and metadata of the definition are left to the server, as in every structural schema. No definition may lead to itself.
/// </remarks>
public sealed class SchemaDefinitions
{
    private readonly Lock _gate = new();
    private readonly JsonObject _definitions;
    private readonly Dictionary<string, StructuralSchema?> _read = new(StringComparer.Ordinal);

    /// <summary>Creates the set.</summary>
    /// <param name="definitions">Schemas by name; must not be changed afterwards.</param>
    public SchemaDefinitions(JsonObject definitions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        _definitions = definitions;
    }

    /// <summary>The schema of a whole object as the root of a type must be.</summary>
    internal JsonObject RootOf(string name)
    {
        var root = Find(name).DeepClone().AsObject();
        if (root["properties"] is JsonObject properties)
        {
            properties["apiVersion"] = new JsonObject { ["type"] = "string" };
            properties["kind"] = new JsonObject { ["type"] = "string" };
            properties["metadata"] = new JsonObject { ["type"] = "object" };
        }

        return root;
    }

    /// <summary>The schema of a name, the same instance each time.</summary>
    internal StructuralSchema Get(string name, FieldErrorList errors)
    {
        lock (_gate)
        {
            if (_read.TryGetValue(name, out StructuralSchema? schema))
            {
                return schema ?? throw new InvalidOperationException($"the definition {name} leads to itself");
            }

            _read[name] = null;
            schema = new SchemaReader(errors, this).ReadShared(Find(name), FieldPath.Root("definitions").Key(name)) with { DefinitionName = name };
            _read[name] = schema;
            return schema;
        }
    }

    private JsonObject Find(string name) => _definitions[name] as JsonObject ?? throw new InvalidOperationException($"there is no definition {name}");
}
