using KubeFed.ApiMachinery.Identity;

namespace KubeFed.ApiServerRuntime.OpenApi;

/// <summary>One method of one path, before it is written as OpenAPI v2 or v3.</summary>
internal sealed record ApiOperation
{
    public required string Path { get; init; }

    /// <summary>get, post, put, patch or delete.</summary>
    public required string Method { get; init; }

    /// <summary>The value of <c>x-kubernetes-action</c>.</summary>
    public required string Action { get; init; }

    public required string Id { get; init; }

    public required string Description { get; init; }

    /// <summary>The kind that the operation is about.</summary>
    public required GroupVersionKind Kind { get; init; }

    /// <summary>The definition of the answer.</summary>
    public required string Response { get; init; }

    /// <summary>The definition of the body; null without one.</summary>
    public string? Body { get; init; }

    public IReadOnlyList<QueryParameter> Query { get; init; } = [];

    /// <summary>The codes of success.</summary>
    public IReadOnlyList<(int Code, string Description)> Successes { get; init; } = [(200, "OK")];

    /// <summary>The media types of the body.</summary>
    public IReadOnlyList<string> Consumes { get; init; } = [];
}
