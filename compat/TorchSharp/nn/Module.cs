using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Part of a model: parameters, buffers and further modules, each under a name.</summary>
        public partial class Module : IDisposable
        {
            [SuppressMessage("Naming", "CA1051", Justification = "The real API's shape.")]
            protected readonly string name;

            private readonly NamedList<Parameter> _parametersByName = new();
            private readonly NamedList<(Tensor Tensor, bool Persistent)> _buffersByName = new();
            private readonly NamedList<Module> _modulesByName = new();
            private bool _registered;

            protected Module(string name) => this.name = name;

            /// <summary>Whether the module is training rather than scoring; true at first. Set by <see cref="train"/> and <see cref="eval"/>.</summary>
            public virtual bool training { get; private set; } = true;

            /// <summary>The name given on construction.</summary>
            public virtual string GetName() => name;

            /// <summary>Sets whether the module and those in it train.</summary>
            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var module in children())
                    module.train(train);
            }

            /// <summary>Sets the module and those in it to scoring.</summary>
            public virtual void eval() => train(false);

            /// <summary>Calls an action with each module inside, then with this one.</summary>
            public virtual Module apply(Action<Module> fn)
            {
                foreach (var module in children())
                    module.apply(fn);
                fn(this);
                return this;
            }

            /// <summary>Drops (or sets to zero) the gradients of all parameters.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                    parameter.ClearGrad(set_to_none);
            }

            /// <summary>Adds a parameter under a name that the module does not have yet.</summary>
            public virtual void register_parameter(string name, Parameter param)
            {
                if (param is null || param.IsInvalid)
                    throw new ArgumentNullException(nameof(param), $"Parameter '{name}' is null or disposed.");
                RequireFreeName(name, _parametersByName.Contains(name));
                _parametersByName.Add(name, param);
            }

            /// <summary>Adds a tensor that belongs to the module's state but is not trained, under a name that the module does not have yet.</summary>
            /// <param name="persistent">Whether it is part of <see cref="state_dict"/>.</param>
            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                if (tensor is null || tensor.IsInvalid)
                    throw new ArgumentNullException(nameof(tensor), $"Buffer '{name}' is null or disposed.");
                RequireFreeName(name, _buffersByName.Contains(name));
                _buffersByName.Add(name, (tensor, persistent));
            }

            /// <summary>Adds a module under a name (without dots) that the module does not have yet; null takes the one of that name away.</summary>
            public virtual void register_module(string name, Module? submodule)
            {
                if (submodule is null)
                {
                    _modulesByName.Remove(name);
                    return;
                }

                if (name.Contains('.'))
                    throw new ArgumentException($"A module's name can't contain a dot: '{name}'.", nameof(name));
                RequireFreeName(name, _modulesByName.Contains(name));
                submodule.RegisterComponents();
                _modulesByName.Add(name, submodule);
            }

            /// <inheritdoc cref="register_module"/>
            public void add_module(string name, Module module) => register_module(name, module);

            /// <inheritdoc/>
            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            /// <summary>
            /// Registers the parameters, tensors and modules in this object's fields, under the fields' names. Call it at the end of the constructor.
            /// </summary>
            protected virtual void RegisterComponents()
            {
                if (_registered)
                    return;
                _registered = true;
                foreach (var field in GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    var label = field.GetCustomAttribute<Utils.ComponentNameAttribute>()?.Name ?? field.Name;
                    if (_modulesByName.Contains(label) || _parametersByName.Contains(label) || _buffersByName.Contains(label))
                        continue;
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(label, module);
                            break;
                        case Parameter parameter:
                            register_parameter(label, parameter);
                            break;
                        case Tensor tensor:
                            register_buffer(label, tensor);
                            break;
                    }
                }
            }

            /// <summary>Puts a parameter in place of the one of that name, or adds it; takes the one of that name away when null.</summary>
            protected void ConditionallyRegisterParameter(string name, Tensor? value) => _parametersByName.Set(name, (Parameter?)value);

            /// <summary>Puts a buffer in place of the one of that name, or adds it; takes the one of that name away when null.</summary>
            protected void ConditionallyRegisterBuffer(string name, Tensor? value, bool persistent = true)
            {
                _buffersByName.Remove(name);
                if (value is not null)
                    _buffersByName.Add(name, (value, persistent));
            }

            /// <summary>Forgets all modules inside.</summary>
            protected void ClearModules() => _modulesByName.Clear();

            /// <summary>Frees the parameters and buffers and disposes of the modules inside.</summary>
            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                    return;
                foreach (var (_, parameter) in _parametersByName)
                    parameter.Dispose();
                foreach (var (_, buffer) in _buffersByName)
                    buffer.Tensor.Dispose();
                foreach (var (_, module) in _modulesByName)
                    module.Dispose();
            }

            private void RequireFreeName(string name, bool taken)
            {
                if (string.IsNullOrEmpty(name))
                    throw new ArgumentException("A component's name can't be empty.", nameof(name));
                if (taken)
                    throw new InvalidOperationException($"'{name}' is already registered in module '{GetName()}'.");
            }
        }
    }
}
