using System.Text.Json.Nodes;

namespace KubeFed.e2e.Json;

/// <summary>A value and where it is put, as a JSON pointer without escapes.</summary>
internal sealed record PathValue(string Path, JsonNode Value);
