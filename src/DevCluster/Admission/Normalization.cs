using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Quantities;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiServerRuntime.Admission;

namespace KubeFed.DevClusters.Admission;

/// <summary>
/// What decoding into the types of kube-apiserver does to objects, and schemas do not say: <c>null</c> is as good as absent, quantities may be
/// written as numbers, and a new object has a status.
/// </summary>
internal sealed class Normalization : IAdmissionPlugin
{
    private const string QuantityFormat = "quantity";

    /// <inheritdoc/>
    public ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Object is { } root && request.Context.Type.DefinitionUid.Length == 0)
        {
            Normalize(root, request.Context.Version.Schema);
            if (request.Operation == AdmissionOperation.Create && request.Context.Version.HasStatus && !root.ContainsKey("status"))
            {
                root["status"] = Zero(request.Context.Version.Schema.Properties.GetValueOrDefault("status"));
            }
        }

        return ValueTask.CompletedTask;
    }

    // Counts that a status must have are nothing at first.
    private static JsonObject Zero(StructuralSchema? status)
    {
        var zero = new JsonObject();
        foreach (string name in status?.Validation.Required ?? [])
        {
            if (status!.Properties.GetValueOrDefault(name)?.Type == SchemaType.Integer)
            {
                zero[name] = 0;
            }
        }

        return zero;
    }

    /// <summary>Normalizes a value by its schema, in place.</summary>
    internal static void Normalize(JsonNode node, StructuralSchema schema)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                {
                    if (value is null)
                    {
                        map.Remove(name);
                    }
                    else if ((schema.Properties.GetValueOrDefault(name) ?? schema.AdditionalProperties) is { } below)
                    {
                        Normalize(value, below);
                        Replace(value, below, text => map[name] = text);
                    }
                }

                break;
            case JsonArray list when schema.Items is { } items:
                for (int i = 0; i < list.Count; i++)
                {
                    if (list[i] is { } item)
                    {
                        int place = i;
                        Normalize(item, items);
                        Replace(item, items, text => list[place] = text);
                    }
                }

                break;
        }
    }

    private static void Replace(JsonNode value, StructuralSchema schema, Action<JsonNode> replace)
    {
        if (schema.Validation.Format == QuantityFormat
            && value is JsonValue scalar
            && scalar.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
            && Quantity.TryParse(scalar.ToString(), out var quantity, out _)
            && (scalar.GetValueKind() == JsonValueKind.Number || quantity.ToString() != scalar.ToString()))
        {
            replace(quantity.ToString());
        }
    }
}
