using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>Which state of which object a client means to change; read before the tree is changed.</summary>
/// <param name="ResourceVersion">The version; empty for whichever there is.</param>
/// <param name="Uid">The UID; empty for any.</param>
internal readonly record struct SentIdentity(string ResourceVersion, string Uid)
{
    /// <summary>Reads it from metadata; version 0 counts as none.</summary>
    public static SentIdentity Of(JsonObject metadata)
    {
        string version = Tree.Text(metadata, "resourceVersion");
        return new SentIdentity(version == "0" ? string.Empty : version, Tree.Text(metadata, "uid"));
    }
}
