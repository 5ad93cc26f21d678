namespace KubeFed.ApiServerRuntime.Negotiation;

/// <summary>How an answer is written.</summary>
/// <param name="Yaml">As YAML, else as JSON.</param>
/// <param name="Pretty">Indented; YAML always is.</param>
/// <param name="Shape">As what objects are sent.</param>
/// <param name="MetaVersion">The version of <c>meta.k8s.io</c> that the shape is of.</param>
internal sealed record ResponseFormat(bool Yaml, bool Pretty, ResponseShape Shape, string MetaVersion)
{
    public static ResponseFormat Json { get; } = new(Yaml: false, Pretty: false, ResponseShape.Object, "v1");

    public string ContentType => Yaml ? "application/yaml" : "application/json";

    /// <summary>Whether the bytes of stored objects go out as they are.</summary>
    public bool IsPlainJson => this is { Yaml: false, Pretty: false };
}
