using System.Text.Json.Serialization;

namespace KubeFed.ApiMachinery.Selectors;

/// <summary>Generated JSON for the selectors of the API.</summary>
[JsonSerializable(typeof(LabelSelector))]
public sealed partial class SelectorJsonContext : JsonSerializerContext;
