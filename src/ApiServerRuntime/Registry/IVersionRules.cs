using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What a version says of its objects.</summary>
internal interface IVersionRules
{
    /// <summary>Drops what the schema does not specify and says what that was, as <c>spec.bogus</c>.</summary>
    IReadOnlyList<string> Prune(JsonObject root);

    /// <summary>Fills in the defaults.</summary>
    void Default(JsonObject root);

    /// <summary>All that is wrong with an object, in itself or as a successor of the old one.</summary>
    FieldErrorList Validate(WriteSession session, JsonObject root, JsonObject? old);

    /// <summary>Records who owns the fields of a new object.</summary>
    void TrackCreate(WriteSession session, JsonObject root);

    /// <summary>Records who owns the fields that an update changed.</summary>
    void TrackUpdate(WriteSession session, JsonObject live, JsonObject root);

    /// <summary>Merges an apply configuration into an object, neither of which is changed.</summary>
    JsonObject Apply(WriteSession session, JsonObject live, JsonObject config);

    /// <summary>Applies a strategic merge patch; the target may be changed.</summary>
    JsonNode? StrategicMerge(JsonObject target, JsonObject patch);
}
