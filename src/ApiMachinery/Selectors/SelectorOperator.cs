namespace KubeFed.ApiMachinery.Selectors;

/// <summary>How a requirement relates a label to its values.</summary>
public enum SelectorOperator
{
    /// <summary><c>k in (a,b)</c>: the label is there with one of the values.</summary>
    In,

    /// <summary><c>k notin (a,b)</c>: the label is absent or has another value.</summary>
    NotIn,

    /// <summary><c>k=a</c>.</summary>
    Equals,

    /// <summary><c>k==a</c>, the same as <see cref="Equals"/>.</summary>
    DoubleEquals,

    /// <summary><c>k!=a</c>: the label is absent or has another value.</summary>
    NotEquals,

    /// <summary><c>k&gt;5</c>: the label is there and an integer above.</summary>
    GreaterThan,

    /// <summary><c>k&lt;5</c>: the label is there and an integer below.</summary>
    LessThan,

    /// <summary><c>k</c>: the label is there.</summary>
    Exists,

    /// <summary><c>!k</c>: the label is absent.</summary>
    DoesNotExist,
}
