using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Apply;
using KubeFed.ApiMachinery.Identity;
using KubeFed.ApiMachinery.Meta;
using KubeFed.ApiMachinery.Objects;
using KubeFed.ApiMachinery.Patching;
using KubeFed.ApiMachinery.Schemas;
using KubeFed.ApiMachinery.Schemas.Rules;
using KubeFed.ApiMachinery.Validation;
using KubeFed.ApiServerRuntime.Caching;
using KubeFed.ApiServerRuntime.Types;

namespace KubeFed.ApiServerRuntime.Registry;

/// <summary>What the verbs need to know of one version of a type, worked out once.</summary>
internal sealed class VersionRuntime
{
    private readonly ConditionalWeakTable<KubeObject, KubeObject> _converted = [];
    private readonly ConditionalWeakTable<EventPayload, EventPayload> _convertedEvents = [];
    private readonly bool _hasDefaults;
    private readonly FieldManager _fields;
    private readonly FieldSet _statusResets;
    private readonly RuleValidator _rules;

    public VersionRuntime(ResourceType type, ResourceTypeVersion version, FieldManager fields)
    {
        _fields = fields;
        _statusResets = ResetFields.Status(version.Schema);
        _rules = RuleValidator.For(version.Schema);
        _hasDefaults = SchemaDefaulter.HasDefaults(version.Schema);
        Type = type;
        Version = version;
        Kind = new GroupVersionKind(type.Group, version.Name, type.Kind);
        ApiVersion = Kind.ApiVersion;
        IsStorage = type.StoredAs is null && version.Name == type.StorageVersion;
        Fields = SelectableFields.Of(type, version);
    }

    public ResourceType Type { get; }

    public ResourceTypeVersion Version { get; }

    public GroupVersionKind Kind { get; }

    public string ApiVersion { get; }

    public SelectableFields Fields { get; }

    /// <summary>Whether objects are stored in this version.</summary>
    public bool IsStorage { get; }

    /// <summary>Types the metadata, drops what the schema does not specify and says what that was, as <c>spec.bogus</c>.</summary>
    /// <exception cref="ObjectCoercionException">The metadata cannot be read.</exception>
    public IReadOnlyList<string> Coerce(JsonObject root) => ObjectCoercion.Coerce(root, Version.Schema);

    /// <summary>Fills in the defaults.</summary>
    /// <returns>Whether anything was filled in.</returns>
    public bool Default(JsonObject root) => _hasDefaults && SchemaDefaulter.Default(root, Version.Schema);

    /// <summary>All that is wrong with a new object, or with a successor of the old one.</summary>
    public FieldErrorList Validate(JsonObject root, CurrentObject? old)
    {
        var metadata = Tree.ReadMetadata(Tree.Metadata(root));
        var errors = old is null
            ? ObjectMetaValidator.ValidateCreate(metadata, Type.Scope, Type.NameRule)
            : ObjectMetaValidator.ValidateUpdate(metadata, old.Metadata, Type.Scope);
        var faults = SchemaValidator.Validate(root, old?.Tree, Version.Schema);
        errors.AddRange(faults);
        if (_rules.HasRules)
        {
            if (SchemaValidator.RulesMayRun(faults))
            {
                errors.AddRange(_rules.Validate(root, old?.Tree).Errors);
            }
            else
            {
                errors.Add(SchemaValidator.RulesNotChecked);
            }
        }

        return errors;
    }

    /// <summary>Records who owns the fields of an object that is written otherwise than by apply.</summary>
    public void Track(WriteSession session, JsonObject? live, JsonObject root) =>
        Tree.Set(Tree.Metadata(root), "managedFields", _fields.Update(live, root, Write(session)));

    /// <summary>Merges an apply configuration into an object, neither of which is changed.</summary>
    public JsonObject Apply(WriteSession session, JsonObject? live, JsonObject config) =>
        _fields.Apply(live, config, Write(session), session.Options is ApplyOptions { Force: true }).Object;

    /// <summary>Applies a strategic merge patch; the target may be changed.</summary>
    /// <exception cref="StrategicMergePatchException">The patch does not fit.</exception>
    public JsonObject StrategicMerge(JsonObject target, JsonObject patch) => StrategicMergePatch.Apply(target, patch, Version.Schema);

    /// <summary>The object in this version, its resource version kept.</summary>
    public KubeObject FromStorage(KubeObject stored) =>
        IsStorage ? stored : _converted.GetValue(stored, Convert);

    /// <summary>The event in this version. A bookmark is no object and gets no defaults.</summary>
    public EventPayload FromStorage(EventPayload stored, bool isBookmark) =>
        IsStorage ? stored : _convertedEvents.GetValue(stored, isBookmark ? ConvertBookmark : ConvertEvent);

    private EventPayload ConvertEvent(EventPayload stored) => new(FromStorage(stored.Object), stored.InitialEventsEnd);

    private EventPayload ConvertBookmark(EventPayload stored) =>
        new(KubeObject.Parse(WithApiVersion(stored.Object.Utf8Json, ApiVersion)), stored.InitialEventsEnd);

    private FieldWrite Write(WriteSession session) => new()
    {
        Manager = session.Manager,
        ApiVersion = ApiVersion,
        Subresource = session.Context.Subresource.Length == 0 ? null : session.Context.Subresource,
        ResetFields = !session.SeparatesStatus ? FieldSet.Empty : session.IsStatus ? _statusResets : ResetFields.Main,
        Now = session.Now,
    };

    private KubeObject Convert(KubeObject stored)
    {
        if (Version.Conversion is not { } conversion)
        {
            return WithDefaults(WithApiVersion(stored.Utf8Json, ApiVersion));
        }

        var root = stored.ToNode();
        root["apiVersion"] = ApiVersion;
        conversion.FromStorage(root);
        Default(root);
        return KubeObject.Parse(CanonicalJson.Encode(root));
    }

    /// <summary>The object of bytes in this version, with the defaults that it lacks.</summary>
    public KubeObject WithDefaults(byte[] json)
    {
        var read = KubeObject.Parse(json);
        if (!_hasDefaults)
        {
            return read;
        }

        var root = read.ToNode();
        return Default(root) ? KubeObject.Parse(CanonicalJson.Encode(root)) : read;
    }

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
