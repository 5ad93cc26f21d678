using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>Holds objects of a built-in type that are deleted, besides the finalizers of their metadata.</summary>
public interface IDeletionHold
{
    /// <summary>Whether the object, deletion of which was asked for, must stay. The tree is not to be changed.</summary>
    bool IsHeld(JsonObject root);

    /// <summary>Says in the object, which stays, that it is being deleted.</summary>
    void Mark(JsonObject root);
}
