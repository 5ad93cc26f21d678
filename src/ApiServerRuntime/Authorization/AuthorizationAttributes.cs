using KubeFed.ApiServerRuntime.Authentication;

namespace KubeFed.ApiServerRuntime.Authorization;

/// <summary>What somebody wants to do. Equal attributes get equal answers, so this is also the key of caches.</summary>
public sealed record AuthorizationAttributes
{
    /// <summary>Who.</summary>
    public required UserInfo User { get; init; }

    /// <summary>get, list, watch, create, update, patch, delete, deletecollection; the lower-case HTTP method for a path.</summary>
    public required string Verb { get; init; }

    /// <summary>Whether a resource is asked for and not a path.</summary>
    public required bool IsResourceRequest { get; init; }

    /// <summary>The API group.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>The version.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>The resource.</summary>
    public string Resource { get; init; } = string.Empty;

    /// <summary>The subresource; empty for the object itself.</summary>
    public string Subresource { get; init; } = string.Empty;

    /// <summary>The namespace; empty for all, or for a resource without.</summary>
    public string Namespace { get; init; } = string.Empty;

    /// <summary>The object's name; empty for all.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The path of a request that is not for a resource.</summary>
    public string Path { get; init; } = string.Empty;
}
