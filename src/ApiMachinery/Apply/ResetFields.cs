using KubeFed.ApiMachinery.Schemas;

namespace KubeFed.ApiMachinery.Apply;

/// <summary>The fields that the endpoints of a resource with the status subresource do not let their callers set.</summary>
public static class ResetFields
{
    /// <summary>The main endpoint: <c>status</c>.</summary>
    public static FieldSet Main { get; } = FieldSet.OfFields("status");

    /// <summary>The status endpoint: everything but <c>status</c>.</summary>
    public static FieldSet Status(StructuralSchema schema)
    {
        var result = FieldSet.OfFields("metadata").Union(FieldSet.OfFields("spec"));
        foreach (var name in schema.Properties.Keys)
        {
            if (name is not ("status" or "apiVersion" or "kind"))
            {
                result = result.Union(FieldSet.OfFields(name));
            }
        }

        return result;
    }
}
