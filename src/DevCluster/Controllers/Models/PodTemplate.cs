namespace KubeFed.DevClusters.Controllers.Models;

/// <summary>What the controllers read of a template; what they copy they take from the object's own JSON.</summary>
internal sealed record PodTemplate
{
    public TemplateMetadata? Metadata { get; init; }

    public PodSpec? Spec { get; init; }
}
