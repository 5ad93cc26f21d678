using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;
using YamlDotNet.Core;

namespace KubeFed.ApiMachinery.Yaml;

/// <summary>
/// YAML as the Kubernetes tools read and write it. Reading takes YAML 1.1 scalars (<c>y</c>, <c>no</c>, <c>on</c> are booleans unless
/// quoted), JSON, streams of either, anchors within limits; it refuses duplicate keys, and what JSON cannot hold.
/// </summary>
public static class KubeYaml
{
    /// <summary>Reads one document.</summary>
    /// <returns>The document; <see langword="null"/> if it is empty or <c>null</c>.</returns>
    /// <exception cref="YamlFormatException">It is not YAML within the limits, or there is more than one document.</exception>
    public static JsonNode? ToJson(ReadOnlyMemory<byte> utf8, YamlLimits? limits = null) =>
        ToJson(YamlText.Decode(utf8.Span, limits ?? YamlLimits.Default), limits);

    /// <summary>Reads one document.</summary>
    /// <returns>The document; <see langword="null"/> if it is empty or <c>null</c>.</returns>
    /// <exception cref="YamlFormatException">It is not YAML within the limits, or there is more than one document.</exception>
    public static JsonNode? ToJson(string text, YamlLimits? limits = null)
    {
        JsonNode? result = null;
        foreach (JsonNode document in ReadDocuments(text, limits))
        {
            result = result is null
                ? document
                : throw new YamlFormatException(string.Empty, "one document was expected, and there are more", 1, 1);
        }

        return result;
    }

    /// <summary>Reads a stream of YAML documents, JSON documents one after the other, or both, one at a time as they are asked for.</summary>
    /// <returns>The documents in order, without those that are empty or <c>null</c>.</returns>
    /// <exception cref="YamlFormatException">While enumerating: what follows is not YAML within the limits. Earlier documents stand.</exception>
    public static IEnumerable<JsonNode> ReadDocuments(ReadOnlyMemory<byte> utf8, YamlLimits? limits = null) =>
        ReadDocuments(YamlText.Decode(utf8.Span, limits ?? YamlLimits.Default), limits);

    /// <summary>Reads a stream of YAML documents, JSON documents one after the other, or both, one at a time as they are asked for.</summary>
    /// <returns>The documents in order, without those that are empty or <c>null</c>.</returns>
    /// <exception cref="YamlFormatException">While enumerating: what follows is not YAML within the limits. Earlier documents stand.</exception>
    public static IEnumerable<JsonNode> ReadDocuments(string text, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        return ReadChunks(YamlText.Clean(text, limits), limits);
    }

    /// <summary>
    /// Writes a document as <c>kubectl -o yaml</c> prints it: sorted keys, two blanks of indentation, lists not indented below their key,
    /// strings quoted only where they would be read as something else, long ones folded after column 80.
    /// </summary>
    /// <returns>The document with a final newline.</returns>
    public static string Write(JsonNode? document) => new YamlWriter().Write(document);

    /// <summary>Writes documents one after the other with <c>---</c> between them.</summary>
    public static string WriteDocuments(IEnumerable<JsonNode?> documents) => string.Join("---\n", documents.Select(Write));

    private static IEnumerable<JsonNode> ReadChunks(string text, YamlLimits limits)
    {
        var budget = new AliasBudget(limits);
        foreach (YamlChunk chunk in YamlChunk.Split(text))
        {
            foreach (JsonNode document in ReadChunk(chunk, limits, budget).OfType<JsonNode>())
            {
                yield return document;
            }
        }
    }

    private static IEnumerable<JsonNode?> ReadChunk(YamlChunk chunk, YamlLimits limits, AliasBudget budget)
    {
        YamlChunk body = chunk.WithoutBareMarker();
        return body.Text.AsSpan().TrimStart().StartsWith('{') ? JsonChunk.Read(body, limits, budget) : ReadYaml(chunk, limits, budget);
    }

    internal static IEnumerable<JsonNode?> ReadYaml(YamlChunk chunk, YamlLimits limits, AliasBudget budget)
    {
        var builder = new YamlTreeBuilder(new Parser(new StringReader(InnerAsterisks.Hide(chunk.Text))), limits, budget, chunk.FirstLine);
        while (TryRead(builder, chunk, limits, out JsonNode? document))
        {
            yield return document;
        }
    }

    private static bool TryRead(YamlTreeBuilder builder, YamlChunk chunk, YamlLimits limits, out JsonNode? document)
    {
        try
        {
            bool isRead = builder.TryRead(out document);
            document = Uniform(document, limits);
            return isRead;
        }
        catch (YamlException e)
        {
            throw builder.Fault("not YAML: " + e.Message.TrimEnd('.'), e.Start, e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or OverflowException or JsonException)
        {
            // The scanner is not hardened: a few malformed escapes and directives fail inside it, or in what is made of them, with these.
            throw new YamlFormatException(string.Empty, "not YAML: " + e.Message.TrimEnd('.'), chunk.FirstLine + 1, 1, e);
        }
    }

    /// <summary>The same tree as if it had been read from JSON text, so that numbers convert alike whatever they were written in.</summary>
    private static JsonNode? Uniform(JsonNode? document, YamlLimits limits) =>
        document is null ? null : KubeJson.ToNode(JsonText.Utf8(document), new JsonLimits { MaxDepth = limits.MaxDepth + 1 });
}
