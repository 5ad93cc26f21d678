using KubeFed.ApiServerRuntime.Authentication;
using KubeFed.ApiServerRuntime.Requests;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Whose request for which objects is worked on. One per request; the warnings are not for use by several threads at once.</summary>
public sealed record ResourceContext
{
    /// <summary>The type.</summary>
    public required ResourceType Type { get; init; }

    /// <summary>The version in which the client speaks.</summary>
    public required ResourceTypeVersion Version { get; init; }

    /// <summary>The namespace of the URL; empty for all namespaces and for cluster scope.</summary>
    public string Namespace { get; init; } = string.Empty;

    /// <summary>The name of the URL; empty for a collection.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>The subresource of the URL; empty for the object itself.</summary>
    public string Subresource { get; init; } = string.Empty;

    /// <summary>Who asks.</summary>
    public required UserInfo User { get; init; }

    /// <summary>The field manager of a write that names none: the User-Agent up to the first slash.</summary>
    public string DefaultFieldManager { get; init; } = "unknown";

    /// <summary>Collects what the answer warns of.</summary>
    public WarningList Warnings { get; init; } = new();
}
