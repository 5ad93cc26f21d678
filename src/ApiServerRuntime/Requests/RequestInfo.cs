namespace KubeFed.ApiServerRuntime.Requests;

/// <summary>What a request asks for, by its method and path alone. Immutable.</summary>
public sealed record RequestInfo
{
    /// <summary>Whether the path names an API resource (below <c>/api/v1/</c> or <c>/apis/group/version/</c>).</summary>
    public required bool IsResourceRequest { get; init; }

    /// <summary>The path as it was sent.</summary>
    public required string Path { get; init; }

    /// <summary>
    /// get, list, watch, create, update, patch, delete or deletecollection for a resource; else the HTTP method in lower case.
    /// </summary>
    public required string Verb { get; init; }

    /// <summary>The API group; empty for the core group.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>The version.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>The namespace; empty for all or none. For the resource <c>namespaces</c> the named namespace itself.</summary>
    public string Namespace { get; init; } = string.Empty;

    /// <summary>The resource.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>The subresource; empty for the object itself.</summary>
    public string Subresource { get; init; } = string.Empty;

    /// <summary>The object's name: of the path, or of a field selector that names exactly one; empty for a collection.</summary>
    public string Name { get; init; } = string.Empty;
}
