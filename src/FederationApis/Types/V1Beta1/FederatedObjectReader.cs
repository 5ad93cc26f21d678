using System.Text.Json;
using KubeFed.ApiMachinery.Objects;

namespace KubeFed.FederationApis.Types.V1Beta1;

/// <summary>Finds the parts of a federated object in one forward pass; only placement and overrides become trees.</summary>
internal static class FederatedObjectReader
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = KubeObject.MaxDepth };
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = KubeObject.MaxDepth };

    private ref struct Parts
    {
        public ReadOnlyMemory<byte>? Template;
        public ReadOnlyMemory<byte>? Placement;
        public ReadOnlyMemory<byte>? Overrides;
        public bool RetainReplicas;
    }

    public static FederatedObject Read(KubeObject source)
    {
        if (!source.TryGetRaw(out var spec, "spec") || spec.Span[0] != (byte)'{')
        {
            return new FederatedObject(source);
        }

        var parts = Split(spec);
        var (placement, placementError) = ReadPlacement(parts.Placement);
        var (overrides, overridesError) = ReadOverrides(parts.Overrides);
        return new FederatedObject(source)
        {
            HasSpec = true,
            Template = parts.Template,
            Placement = placement,
            PlacementError = placementError,
            Overrides = overrides,
            OverridesError = overridesError,
            RetainReplicas = parts.RetainReplicas,
        };
    }

    private static Parts Split(ReadOnlyMemory<byte> spec)
    {
        var parts = default(Parts);
        var reader = new Utf8JsonReader(spec.Span, ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("template"u8))
            {
                parts.Template = Take(spec, ref reader);
            }
            else if (reader.ValueTextEquals("placement"u8))
            {
                parts.Placement = Take(spec, ref reader);
            }
            else if (reader.ValueTextEquals("overrides"u8))
            {
                parts.Overrides = Take(spec, ref reader);
            }
            else
            {
                var retain = reader.ValueTextEquals("retainReplicas"u8);
                reader.Read();
                parts.RetainReplicas |= retain && reader.TokenType == JsonTokenType.True;
                reader.Skip();
            }
        }

        return parts;
    }

    private static ReadOnlyMemory<byte>? Take(ReadOnlyMemory<byte> json, ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        var isNull = reader.TokenType == JsonTokenType.Null;
        reader.Skip();
        return isNull ? (ReadOnlyMemory<byte>?)null : json[start..(int)reader.BytesConsumed];
    }

    private static (Placement Placement, string? Error) ReadPlacement(ReadOnlyMemory<byte>? json)
    {
        if (json is null)
        {
            return (Placement.Absent, null);
        }

        using var document = JsonDocument.Parse(json.Value, DocumentOptions);
        try
        {
            return (PlacementReader.Read(document.RootElement, "spec.placement"), null);
        }
        catch (FieldShapeException e)
        {
            return (Placement.Absent, e.Message);
        }
    }

    private static (IReadOnlyList<ClusterOverrides> Overrides, string? Error) ReadOverrides(ReadOnlyMemory<byte>? json)
    {
        if (json is null)
        {
            return ([], null);
        }

        using var document = JsonDocument.Parse(json.Value, DocumentOptions);
        try
        {
            return (OverridesReader.Read(document.RootElement, "spec.overrides"), null);
        }
        catch (FieldShapeException e)
        {
            return ([], e.Message);
        }
    }
}
