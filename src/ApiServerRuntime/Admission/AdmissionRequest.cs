using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiServerRuntime.Registry;

namespace KubeFed.ApiServerRuntime.Admission;

/// <summary>A write that admission looks at.</summary>
public sealed record AdmissionRequest
{
    /// <summary>Whose request it is, for which type and object; warnings go to its list.</summary>
    public required ResourceContext Context { get; init; }

    /// <summary>What is about to happen.</summary>
    public required AdmissionOperation Operation { get; init; }

    /// <summary>
    /// The object as it will be stored, defaulted, in the version of the context; null for a deletion. Mutating plugins change it in place.
    /// </summary>
    public JsonObject? Object { get; init; }

    /// <summary>The object as it is; null for a creation.</summary>
    public KubeObject? OldObject { get; init; }

    /// <summary>Whether nothing will be written: a plugin must then have no side effects.</summary>
    public bool DryRun { get; init; }
}
