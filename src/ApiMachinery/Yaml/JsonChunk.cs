using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>A chunk that begins as a JSON object: one or more JSON documents, or else YAML in flow style.</summary>
internal static class JsonChunk
{
    public static IEnumerable<JsonNode?> Read(YamlChunk chunk, YamlLimits limits, AliasBudget budget)
    {
        var documents = new List<JsonNode?>();
        JsonFormatException? fault = Stream(chunk, limits, documents, out int line);
        if (fault is null)
        {
            return documents;
        }

        if (fault.Fault != JsonFault.Syntax)
        {
            throw AsYaml(fault, line);
        }

        try
        {
            return [.. KubeYaml.ReadYaml(chunk, limits, budget)];
        }
        catch (YamlFormatException) when (documents.Count > 0)
        {
            throw AsYaml(fault, line);
        }
    }

    private static JsonFormatException? Stream(YamlChunk chunk, YamlLimits limits, List<JsonNode?> documents, out int line)
    {
        var jsonLimits = new JsonLimits { MaxBytes = limits.MaxBytes, MaxDepth = limits.MaxDepth };
        line = chunk.FirstLine;
        try
        {
            ReadOnlyMemory<byte> rest = KubeJson.ToUtf8(chunk.Text);
            while (!rest.Span.Trim(" \t\r\n"u8).IsEmpty)
            {
                documents.Add(KubeJson.ParseFirst(rest, jsonLimits, out int consumed));
                line += rest.Span[..consumed].Count((byte)'\n');
                rest = rest[consumed..];
            }

            return null;
        }
        catch (JsonFormatException e)
        {
            return e;
        }
    }

    private static YamlFormatException AsYaml(JsonFormatException e, int line) =>
        new(e.Path, e.Reason, line + e.Line, e.Column, e);
}
