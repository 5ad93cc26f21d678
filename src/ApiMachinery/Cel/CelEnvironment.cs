using KubeFed.ApiMachinery.Cel.Checking;

namespace KubeFed.ApiMachinery.Cel;

/// <summary>
/// The variables that expressions may read, beside the functions of the language and those that Kubernetes adds to it. Immutable. The
/// language is that of the cel-spec project as Kubernetes uses it for validation rules; messages cannot be made.
/// </summary>
public sealed class CelEnvironment
{
    private readonly (string Name, CelType Type)[] _variables;

    /// <summary>An environment with these variables, whose values are given in this order.</summary>
    public CelEnvironment(params IEnumerable<(string Name, CelType Type)> variables) => _variables = [.. variables];

    /// <summary>Compiles an expression. At most 100,000 characters, 250 levels of nesting and chains of 500 operators.</summary>
    /// <exception cref="CelCompileException">The text is no expression, names what is not there, or its types do not fit.</exception>
    public CelProgram Compile(string expression) => CelCompiler.Compile(expression, _variables);
}
