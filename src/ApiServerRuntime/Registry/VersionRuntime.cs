using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Errors;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What the verbs need to know of one version of a type, worked out once.</summary>
internal sealed class VersionRuntime : IVersionRules
{
    private readonly ConditionalWeakTable<KubeObject, KubeObject> _converted = [];
    private readonly ConditionalWeakTable<EventPayload, EventPayload> _convertedEvents = [];
    private readonly bool _isStorage;

    public VersionRuntime(ResourceType type, ResourceTypeVersion version)
    {
        Type = type;
        Version = version;
        Kind = new GroupVersionKind(type.Group, version.Name, type.Kind);
        ApiVersion = Kind.ApiVersion;
        _isStorage = version.Name == type.StorageVersion;
        Fields = SelectableFields.Of(type, version);
    }

    public ResourceType Type { get; }

    public ResourceTypeVersion Version { get; }

    public GroupVersionKind Kind { get; }

    public string ApiVersion { get; }

    public SelectableFields Fields { get; }

    /// <summary>Drops what the schema does not specify and says what that was, as <c>spec.bogus</c>.</summary>
    public IReadOnlyList<string> Prune(JsonObject root) => [];

    /// <summary>Fills in the defaults.</summary>
    public void Default(JsonObject root)
    {
    }

    /// <summary>All that is wrong with an object, in itself or as a successor of the old one.</summary>
    public FieldErrorList Validate(WriteSession session, JsonObject root, JsonObject? old) => [];

    /// <summary>Records who owns the fields of a new object.</summary>
    public void TrackCreate(WriteSession session, JsonObject root)
    {
    }

    /// <summary>Records who owns the fields that an update changed.</summary>
    public void TrackUpdate(WriteSession session, JsonObject live, JsonObject root)
    {
        var metadata = Tree.Metadata(root);
        if (metadata["managedFields"] is null)
        {
            Tree.Set(metadata, "managedFields", Tree.Metadata(live)["managedFields"]?.DeepClone());
        }
    }

    /// <summary>Merges an apply configuration into an object, neither of which is changed.</summary>
    public JsonObject Apply(WriteSession session, JsonObject live, JsonObject config) => throw StatusErrors.UnsupportedMediaType([]);

    /// <summary>Applies a strategic merge patch; the target may be changed.</summary>
    public JsonNode? StrategicMerge(JsonObject target, JsonObject patch) => throw StatusErrors.UnsupportedMediaType([]);

    /// <summary>The object in this version, its resource version kept.</summary>
    public KubeObject FromStorage(KubeObject stored) =>
        _isStorage ? stored : _converted.GetValue(stored, Convert);

    /// <summary>The event in this version. A bookmark is no object and gets no defaults.</summary>
    public EventPayload FromStorage(EventPayload stored, bool isBookmark) =>
        _isStorage ? stored : _convertedEvents.GetValue(stored, isBookmark ? ConvertBookmark : ConvertEvent);

    private EventPayload ConvertEvent(EventPayload stored) => new(FromStorage(stored.Object), stored.InitialEventsEnd);

    private EventPayload ConvertBookmark(EventPayload stored) =>
        new(KubeObject.Parse(WithApiVersion(stored.Object.Utf8Json, ApiVersion)), stored.InitialEventsEnd);

    private KubeObject Convert(KubeObject stored) => KubeObject.Parse(WithApiVersion(stored.Utf8Json, ApiVersion));

    private static byte[] WithApiVersion(ReadOnlyMemory<byte> json, string apiVersion)
    {
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = KubeObject.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.ValueTextEquals("apiVersion"u8);
            reader.Read();
            if (found)
            {
                var text = JsonEncodedText.Encode(apiVersion).EncodedUtf8Bytes;
                return [.. json.Span[..((int)reader.TokenStartIndex + 1)], .. text, .. json.Span[((int)reader.BytesConsumed - 1)..]];
            }

            reader.Skip();
        }

        throw new KubeObjectFormatException("the object has no apiVersion");
    }
}
