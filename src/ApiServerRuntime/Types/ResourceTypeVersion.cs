using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>One version of a resource. Immutable.</summary>
public sealed record ResourceTypeVersion
{
    /// <summary>The version, as <c>v1beta1</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How its objects are made of stored ones; null when nothing but the API version differs.</summary>
    public IVersionConversion? Conversion { get; init; }

    /// <summary>Whether requests for it are answered.</summary>
    public bool Served { get; init; } = true;

    /// <summary>The warning that each request for it is answered with; null where it is not deprecated.</summary>
    public string? DeprecationWarning { get; init; }

    /// <summary>The schema of an object.</summary>
    public required StructuralSchema Schema { get; init; }

    /// <summary>The columns after the name that <c>kubectl get</c> prints; empty for the default, Age.</summary>
    public IReadOnlyList<PrinterColumn> PrinterColumns { get; init; } = [];

    /// <summary>Whether the first column is the name. Events have it last.</summary>
    public bool LeadsWithName { get; init; } = true;

    /// <summary>Whether status is written by itself, at <c>/status</c>.</summary>
    public bool HasStatus { get; init; }

    /// <summary>The scale subresource; null without one.</summary>
    public ScaleSubresource? Scale { get; init; }

    /// <summary>The paths besides name and namespace that field selectors may name, as <c>spec.nodeName</c>.</summary>
    public IReadOnlyList<string> SelectableFields { get; init; } = [];

    /// <summary>The verbs offered; by default all: create, delete, deletecollection, get, list, patch, update, watch.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"];
}
