using System.Text.Json.Nodes;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Standalone.Namespaces;

/// <summary>A namespace is held by its own finalizers, which are no part of its metadata.</summary>
internal sealed class NamespaceHold : IDeletionHold
{
    private NamespaceHold()
    {
    }

    public static NamespaceHold Instance { get; } = new();

    public bool IsHeld(JsonObject root) => root["spec"] is JsonObject spec && spec["finalizers"] is JsonArray { Count: > 0 };

    public void Mark(JsonObject root)
    {
        if (root["status"] is not JsonObject status)
        {
            root["status"] = status = [];
        }

        status["phase"] = NamespacePhase.Terminating;
    }
}
