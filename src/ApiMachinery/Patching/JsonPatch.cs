using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Json;

namespace KubeFed.ApiMachinery.Patching;

/// <summary>A JSON patch by RFC 6902: operations that apply in order, all or none. Immutable; may be applied from several threads.</summary>
public sealed class JsonPatch
{
    private readonly JsonPatchOperation[] _operations;

    private JsonPatch(JsonPatchOperation[] operations) => _operations = operations;

    /// <summary>The operations in order.</summary>
    public IReadOnlyList<JsonPatchOperation> Operations => _operations;

    /// <summary>The patch of these operations.</summary>
    public static JsonPatch Of(params IEnumerable<JsonPatchOperation> operations) => new([.. operations]);

    /// <summary>Reads a patch from a tree, of which values are kept: do not change it afterwards.</summary>
    /// <exception cref="JsonPatchException">It is not a patch, or has too many operations.</exception>
    public static JsonPatch Parse(JsonNode? patch, JsonPatchOptions? options = null) =>
        new(JsonPatchReader.Read(patch, options ?? JsonPatchOptions.Strict));

    /// <summary>Reads a patch from JSON text.</summary>
    /// <exception cref="JsonPatchException">It is not a patch, or has too many operations.</exception>
    public static JsonPatch Parse(ReadOnlyMemory<byte> utf8, JsonPatchOptions? options = null)
    {
        try
        {
            return Parse(KubeJson.Parse(utf8, new JsonLimits { RefuseDuplicates = false }), options);
        }
        catch (JsonFormatException e)
        {
            throw new JsonPatchException("the patch cannot be read: " + e.Message);
        }
    }

    /// <summary>The patched document. The given one is not changed.</summary>
    /// <exception cref="JsonPatchException">An operation cannot be applied.</exception>
    public JsonNode? Apply(JsonNode? document, JsonPatchOptions? options = null) => ApplyInPlace(document?.DeepClone(), options);

    /// <summary>
    /// Patches a document that the caller owns and that has no parent, without copying it. After an exception the document is
    /// partly patched: discard it.
    /// </summary>
    /// <returns>The document, another one if an operation replaced the whole.</returns>
    /// <exception cref="JsonPatchException">An operation cannot be applied.</exception>
    public JsonNode? ApplyInPlace(JsonNode? document, JsonPatchOptions? options = null)
    {
        var run = new JsonPatchRun(document, options ?? JsonPatchOptions.Strict);
        for (int i = 0; i < _operations.Length; i++)
        {
            run.Step(_operations[i], i);
        }

        return run.Document;
    }

    /// <summary>The patch as JSON.</summary>
    public JsonArray ToJson() => new([.. _operations.Select(static o => o.ToJson())]);
}
