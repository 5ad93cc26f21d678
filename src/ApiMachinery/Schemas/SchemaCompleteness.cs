using KubeFed.ApiMachinery.Validation;

namespace KubeFed.ApiMachinery.Schemas;

/// <summary>
/// Checks that every field that a branch of allOf, anyOf, oneOf or not at the root speaks of is also specified outside of it. Branches
/// further down are not looked at, as the API server does not look at them either: definitions that are in use would be refused.
/// </summary>
internal static class SchemaCompleteness
{
    public static void Check(StructuralSchema schema, FieldPath at, FieldErrorList errors) => Check(schema.Validation, schema, at, at, errors);

    private static void Check(ValueValidation validation, StructuralSchema schema, FieldPath at, FieldPath branch, FieldErrorList errors)
    {
        CheckAll(validation.AllOf, "allOf", schema, at, branch, errors);
        CheckAll(validation.AnyOf, "anyOf", schema, at, branch, errors);
        CheckAll(validation.OneOf, "oneOf", schema, at, branch, errors);
        if (validation.Not is { } not)
        {
            Check(not, schema, at, branch.Child("not"), errors);
        }
    }

    private static void CheckAll(
        IReadOnlyList<NestedValidation> branches, string keyword, StructuralSchema schema, FieldPath at, FieldPath branch, FieldErrorList errors)
    {
        for (int i = 0; i < branches.Count; i++)
        {
            Check(branches[i], schema, at, branch.Child(keyword).Index(i), errors);
        }
    }

    private static void Check(NestedValidation nested, StructuralSchema? schema, FieldPath at, FieldPath branch, FieldErrorList errors)
    {
        if (schema is null)
        {
            errors.Add(FieldError.Required(at, $"because it is defined in {branch}"));
            return;
        }

        Check(nested.Validation, schema, at, branch, errors);
        if (nested.Items is { } items)
        {
            Check(items, schema.Items, at.Child("items"), branch.Child("items"), errors);
        }

        foreach ((string name, NestedValidation property) in nested.Properties)
        {
            FieldPath below = branch.Child("properties").Key(name);
            Check(property, schema.Properties.GetValueOrDefault(name), at.Child("properties").Key(name), below, errors);
        }
    }
}
