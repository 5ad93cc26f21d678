using System.Text.Json.Nodes;
using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>Makes types of structural schemas.</summary>
internal static class TypeCompiler
{
    private static readonly TypeNode Strings = new() { Shape = TypeShape.Map, Element = TypeNode.String };

    private static readonly TypeNode ObjectMeta = Struct(
        ("annotations", Strings),
        ("clusterName", TypeNode.String),
        ("creationTimestamp", TypeNode.AnyScalar),
        ("deletionGracePeriodSeconds", TypeNode.Number),
        ("deletionTimestamp", TypeNode.AnyScalar),
        ("finalizers", new TypeNode { Shape = TypeShape.List, Element = TypeNode.String }),
        ("generateName", TypeNode.String),
        ("generation", TypeNode.Number),
        ("labels", Strings),
        ("managedFields", TypeNode.Ignored),
        ("name", TypeNode.String),
        ("namespace", TypeNode.String),
        ("ownerReferences", new TypeNode { Shape = TypeShape.List, Keys = ["uid"], KeyDefaults = [null], Element = OwnerReference() }),
        ("resourceVersion", TypeNode.String),
        ("selfLink", TypeNode.String),
        ("uid", TypeNode.String));

    /// <summary>The type of whole objects.</summary>
    public static TypeNode CompileRoot(StructuralSchema schema) => Object(schema, isResource: true);

    private static TypeNode Compile(StructuralSchema schema)
    {
        if (schema.IntOrString)
        {
            return TypeNode.AnyScalar;
        }

        return schema.Type switch
        {
            SchemaType.Object => Object(schema, schema.EmbeddedResource),
            SchemaType.Array => List(schema),
            SchemaType.String => TypeNode.String,
            SchemaType.Integer or SchemaType.Number => TypeNode.Number,
            SchemaType.Boolean => TypeNode.Boolean,
            _ => schema.EmbeddedResource || schema.Properties.Count > 0 ? Object(schema, schema.EmbeddedResource) : TypeNode.Untyped,
        };
    }

    private static TypeNode Object(StructuralSchema schema, bool isResource)
    {
        var fields = new Dictionary<string, TypeField>(schema.Properties.Count + (isResource ? 3 : 0), StringComparer.Ordinal);
        foreach (var (name, property) in schema.Properties)
        {
            fields[name] = new TypeField(PathKey.Field(name), Compile(property));
        }

        if (isResource)
        {
            fields["apiVersion"] = new TypeField("f:apiVersion", TypeNode.String);
            fields["kind"] = new TypeField("f:kind", TypeNode.String);
            fields["metadata"] = new TypeField("f:metadata", ObjectMeta);
        }

        return new TypeNode { Shape = TypeShape.Map, Atomic = schema.AtomicMap, Fields = fields, Element = Others(schema, isResource) };
    }

    private static TypeNode? Others(StructuralSchema schema, bool isResource)
    {
        if (schema.AdditionalProperties is { } values)
        {
            return Compile(values);
        }

        return schema.PreserveUnknownFields || (!isResource && schema.Properties.Count == 0) ? TypeNode.Untyped : null;
    }

    private static TypeNode List(StructuralSchema schema)
    {
        var keys = schema.ListType == ListType.Map ? schema.ListMapKeys.ToArray() : [];
        Array.Sort(keys, StringComparer.Ordinal);
        var defaults = new JsonNode?[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            defaults[i] = schema.Items is not null && schema.Items.Properties.TryGetValue(keys[i], out var key) ? key.Default : null;
        }

        return new TypeNode
        {
            Shape = TypeShape.List,
            Atomic = schema.ListType == ListType.Atomic,
            Keys = keys,
            KeyDefaults = defaults,
            Element = schema.Items is null ? TypeNode.Untyped : Compile(schema.Items),
        };
    }

    private static TypeNode OwnerReference() => Struct(
        atomic: true,
        ("apiVersion", TypeNode.String),
        ("blockOwnerDeletion", TypeNode.Boolean),
        ("controller", TypeNode.Boolean),
        ("kind", TypeNode.String),
        ("name", TypeNode.String),
        ("uid", TypeNode.String));

    private static TypeNode Struct(params ReadOnlySpan<(string Name, TypeNode Type)> members) => Struct(atomic: false, members);

    private static TypeNode Struct(bool atomic, params ReadOnlySpan<(string Name, TypeNode Type)> members)
    {
        var fields = new Dictionary<string, TypeField>(members.Length, StringComparer.Ordinal);
        foreach (var (name, type) in members)
        {
            fields[name] = new TypeField(PathKey.Field(name), type);
        }

        return new TypeNode { Shape = TypeShape.Map, Atomic = atomic, Fields = fields };
    }
}
