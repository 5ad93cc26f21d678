using KubeFed.ApiMachinery.Objects;

namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>The labels and annotations of a template.</summary>
internal sealed record TemplateMetadata
{
    public StringMap? Labels { get; init; }

    public StringMap? Annotations { get; init; }
}
