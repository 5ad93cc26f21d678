using System.Text.Json.Nodes;

namespace KubeFed.ApiServerRuntime.Types;

/// <summary>
/// Turns objects of the stored version into another one whose members differ, and back. The API version, the metadata and what both have in
/// common stay untouched; what one side lacks is lost on the way there and must not be lost on the way through both.
/// </summary>
public interface IVersionConversion
{
    /// <summary>Makes of a stored object one of this version, in place.</summary>
    void FromStorage(JsonObject root);

    /// <summary>Makes of an object of this version a stored one, in place.</summary>
    void ToStorage(JsonObject root);
}
