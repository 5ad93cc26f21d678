using System.Text.Json.Nodes;

namespace KubeFed.DevClusters.Controllers.Revisions;

/// <summary>A template that a set has or had, and the hash that its pods carry.</summary>
internal sealed record Revision(string Hash, JsonObject Template);
