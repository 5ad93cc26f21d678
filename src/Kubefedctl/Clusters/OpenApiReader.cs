using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.KubeClient.Transport;

namespace KubeFed.Kubefedctl.Clusters;

/// <summary>Reads the OpenAPI v3 document of a group and version, or where a server has none (before Kubernetes 1.24) the v2 document.</summary>
internal sealed class OpenApiReader(IKubeTransport transport, TimeProvider time) : IOpenApiReader
{
    private const int MaxDocumentBytes = 64 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = KubeObject.MaxDepth };

    public async Task<JsonObject?> FindKindAsync(GroupVersionKind kind, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Timeout, time);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var folder = kind.Group.Length == 0 ? $"api/{kind.Version}" : $"apis/{kind.Group}/{kind.Version}";
        if (await ReadAsync($"openapi/v3/{folder}", bound.Token) is { } third)
        {
            using (third)
            {
                return Find(third.RootElement, kind, "components", "schemas");
            }
        }

        using var second = await ReadAsync("openapi/v2", bound.Token);
        return second is null ? null : Find(second.RootElement, kind, "definitions");
    }

    private async Task<JsonDocument?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await transport.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.NotAcceptable)
        {
            return null;
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{transport.BaseAddress}{path} answered {(int)response.StatusCode}", null, response.StatusCode);
        }

        await response.Content.LoadIntoBufferAsync(MaxDocumentBytes, cancellationToken);
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        return await ParseAsync(body, path, cancellationToken);
    }

    private async Task<JsonDocument> ParseAsync(Stream body, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonDocument.ParseAsync(body, Options, cancellationToken);
        }
        catch (JsonException e)
        {
            throw new HttpRequestException($"{transport.BaseAddress}{path} is not JSON: {e.Message}", e);
        }
    }

    private static JsonObject? Find(JsonElement document, GroupVersionKind kind, params ReadOnlySpan<string> path)
    {
        if (Member(document, path) is not { ValueKind: JsonValueKind.Object } definitions)
        {
            return null;
        }

        foreach (var definition in definitions.EnumerateObject())
        {
            if (IsOf(definition.Value, kind))
            {
                return WithSpec(definition.Value, definitions);
            }
        }

        return null;
    }

    private static bool IsOf(JsonElement definition, GroupVersionKind kind)
    {
        if (Member(definition, "x-kubernetes-group-version-kind") is not { ValueKind: JsonValueKind.Array } kinds)
        {
            return false;
        }

        foreach (var candidate in kinds.EnumerateArray())
        {
            if (Text(candidate, "group") == kind.Group && Text(candidate, "version") == kind.Version && Text(candidate, "kind") == kind.Kind)
            {
                return true;
            }
        }

        return false;
    }

    private static JsonObject WithSpec(JsonElement definition, JsonElement definitions)
    {
        var found = JsonObject.Create(definition.Clone())!;
        if (Member(definition, "properties", "spec") is not { ValueKind: JsonValueKind.Object } spec)
        {
            return found;
        }

        var reference = Reference(spec);
        var name = reference[(reference.LastIndexOf('/') + 1)..];
        if (name.Length > 0 && Member(definitions, name) is { ValueKind: JsonValueKind.Object } resolved)
        {
            found["properties"]!["spec"] = JsonObject.Create(resolved.Clone());
        }

        return found;
    }

    /// <summary>What a schema refers to, itself or through the first of its <c>allOf</c>; empty for nothing.</summary>
    private static string Reference(JsonElement schema)
    {
        var own = Text(schema, "$ref");
        return own.Length == 0 && Member(schema, "allOf") is { ValueKind: JsonValueKind.Array } all && all.GetArrayLength() > 0
            ? Text(all[0], "$ref")
            : own;
    }

    /// <summary>The value at a path of members; null where there is none or something on the way is no object.</summary>
    private static JsonElement? Member(JsonElement value, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value;
    }

    private static string Text(JsonElement value, string name) =>
        Member(value, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
}
